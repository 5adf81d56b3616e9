class MarkMiddleware(object):
    def __init__(self):
        self.mark = 'm'

    def process_request(self, request):
        request.mark = self.mark

    def process_response(self, request, response):
        response['X-Mark'] = self.mark
        return response
