"""Reading and editing source text: Python of both generations, and Django templates."""
