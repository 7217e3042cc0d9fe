//! The two operations, as something that a measurement can be written for once.

use std::future::Future;

use super::Contender;

pub trait Operation: 'static {
    const NAME: &'static str;

    fn call<C: Contender>(contender: &C) -> impl Future<Output = ()> + Send;
}

pub struct Create;

impl Operation for Create {
    const NAME: &'static str = "create";

    fn call<C: Contender>(contender: &C) -> impl Future<Output = ()> + Send {
        contender.create()
    }
}

pub struct Accept;

impl Operation for Accept {
    const NAME: &'static str = "accept";

    fn call<C: Contender>(contender: &C) -> impl Future<Output = ()> + Send {
        contender.accept()
    }
}
