"""The API for programs: version 1, read-only, described by its own schema (OpenAPI 3.1).

It says what the pages and the files say, in the objects of `exchange`, under the parameters of
`filtersets`. Every answer goes through `middleware`, see there.
"""
