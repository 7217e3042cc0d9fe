//! Processor time and calls a second, at each number of tasks, round by round with the contenders in turn.

use tokio::runtime::{Builder, Runtime};

use crate::{
    clock::{Clock, Spent},
    contenders::{self, Operation, Setting, subject::Subject},
    runtime,
    size::Size,
    table::{self, Goal},
};

/// By contender and round.
type Taken = [Vec<f64>; 3];

/// What was taken at one number of tasks.
struct At {
    tasks: usize,
    /// In microseconds a call.
    processor: Taken,
    calls_a_second: Taken,
}

pub fn compare<O: Operation>(setting: &Setting, size: &Size) {
    let one = measure(
        &runtime::one_thread(),
        contenders::subject::all::<O>(setting),
        size,
    );
    for at in &one {
        let what = format!("CPU time a call, {}", tasks(at.tasks));
        table::row(&what, "µs", &at.processor, Goal::AtMost(1.05));
    }
    for at in &one {
        let what = format!("calls a second, {}", tasks(at.tasks));
        table::row(&what, "", &at.calls_a_second, Goal::AtLeast(0.97));
    }
    let many = one.last().expect("the most tasks");
    for few in &one[..one.len() - 1] {
        let growth = divided(&many.processor, &few.processor);
        let what = format!("CPU time at {} by that at {}", many.tasks, few.tasks);
        table::row(&what, "", &growth, Goal::AtMost(1.05));
    }
    let two = measure(&two_threads(), contenders::subject::all::<O>(setting), size);
    for at in &two {
        let what = format!("CPU time a call, {}, 2 threads", tasks(at.tasks));
        table::row(&what, "µs", &at.processor, Goal::AtMost(1.05));
    }
}

fn two_threads() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

fn tasks(number: usize) -> String {
    format!("{number} task{}", if number == 1 { "" } else { "s" })
}

fn measure(runtime: &Runtime, subjects: [Box<dyn Subject>; 3], size: &Size) -> Vec<At> {
    let mut taken: Vec<At> = size.calls_per_task.map(|(tasks, _)| At::new(tasks)).into();
    // The connections that will be needed are made now.
    for subject in &subjects {
        subject.make(runtime, 256, 512);
    }
    for round in 0..size.rounds {
        for (at, (tasks, each)) in taken.iter_mut().zip(size.calls_per_task) {
            for turn in 0..subjects.len() {
                // Nobody is always the first, or always after the same one.
                let contender = (round + turn) % subjects.len();
                let clock = Clock::start();
                subjects[contender].make(runtime, tasks, tasks * each);
                at.note(contender, clock.stop(), tasks * each);
            }
        }
    }
    taken
}

impl At {
    fn new(tasks: usize) -> Self {
        Self {
            tasks,
            processor: Taken::default(),
            calls_a_second: Taken::default(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "some thousands at most")]
    fn note(&mut self, contender: usize, spent: Spent, calls: usize) {
        let calls = calls as f64;
        self.processor[contender].push(spent.processor.as_secs_f64() * 1e6 / calls);
        self.calls_a_second[contender].push(calls / spent.wall.as_secs_f64());
    }
}

fn divided(many: &Taken, few: &Taken) -> Taken {
    std::array::from_fn(|contender| {
        let pairs = many[contender].iter().zip(&few[contender]);
        pairs.map(|(many, few)| many / few).collect()
    })
}
