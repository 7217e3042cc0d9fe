&[
    ("create_solution", Some(1)),
    ("accept_solution", None),
]
