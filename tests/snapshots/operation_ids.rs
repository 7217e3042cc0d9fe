&[
    "createWhatsAppBusinessSolution",
    "acceptWhatsAppBusinessSolution",
]
