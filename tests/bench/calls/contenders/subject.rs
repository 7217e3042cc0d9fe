//! A contender and an operation, tied together so that a measurement can hold several in a list.

use std::marker::PhantomData;

use tokio::{runtime::Runtime, task::JoinSet};

use super::{Bare, Contender, Generated, Operation, Setting, This};

pub trait Subject {
    fn name(&self) -> &'static str;

    /// Makes calls, as many tasks at a time, and is back when all are done.
    fn make(&self, runtime: &Runtime, tasks: usize, calls: usize);
}

struct Bound<C, O> {
    contender: C,
    operation: PhantomData<O>,
}

impl<C: Contender, O: Operation> Subject for Bound<C, O> {
    fn name(&self) -> &'static str {
        C::NAME
    }

    fn make(&self, runtime: &Runtime, tasks: usize, calls: usize) {
        runtime.block_on(async {
            let mut running = JoinSet::new();
            for task in 0..tasks {
                let contender = self.contender.clone();
                let share = calls / tasks + usize::from(task < calls % tasks);
                running.spawn(async move {
                    for _ in 0..share {
                        O::call(&contender).await;
                    }
                });
            }
            while let Some(ended) = running.join_next().await {
                ended.expect("every call of it succeeded");
            }
        });
    }
}

fn one<C: Contender, O: Operation>(setting: &Setting) -> Box<dyn Subject> {
    Box::new(Bound {
        contender: C::new(setting),
        operation: PhantomData::<O>,
    })
}

/// All three; what the others are compared with comes first.
pub fn all<O: Operation>(setting: &Setting) -> [Box<dyn Subject>; 3] {
    [
        one::<Bare, O>(setting),
        one::<Generated, O>(setting),
        one::<This, O>(setting),
    ]
}
