//! The type of times, where generated code looks for it.

pub use whatsapp_multi_partner_solutions::Timestamp;
