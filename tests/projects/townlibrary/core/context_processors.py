def branch(request):
    return {'branch': getattr(request, 'branch', 'main'), 'desk_is_open': getattr(request, 'desk_is_open', False)}
