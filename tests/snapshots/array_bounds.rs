&[
    ("createWhatsAppBusinessSolution", "owner_permissions", 0, 1),
    ("createWhatsAppBusinessSolution", "partner_permissions", 0, 1),
]
