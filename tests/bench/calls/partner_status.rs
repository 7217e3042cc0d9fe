//! The type that replaces a generated one, where generated code looks for it.

pub use whatsapp_multi_partner_solutions::WhatsAppBusinessSolutionPartnerStatus;
