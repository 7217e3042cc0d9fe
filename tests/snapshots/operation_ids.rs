&[
    "create_solution",
    "accept_solution",
]
