&[
    ("create_solution", "owner_permissions", 0, 1),
    ("create_solution", "partner_permissions", 0, 1),
]
