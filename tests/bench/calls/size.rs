//! How much is measured.

pub struct Size {
    /// How often each figure of time is taken of each contender, in turn.
    pub rounds: usize,
    /// Calls of one task in one round, at 1, 16 and 256 tasks.
    pub calls_per_task: [(usize, usize); 3],
    /// Calls for counting allocations.
    pub counted: usize,
    /// Calls that wait for their answers at once.
    pub in_flight: usize,
    /// After how many calls it is seen what memory they left behind.
    pub long_run: [usize; 3],
}

impl Size {
    pub fn new(quick: bool) -> Self {
        if quick {
            Self {
                rounds: 2,
                calls_per_task: [(1, 20), (16, 2), (256, 1)],
                counted: 20,
                in_flight: 50,
                long_run: [20, 40, 80],
            }
        } else {
            Self {
                rounds: 40,
                calls_per_task: [(1, 500), (16, 80), (256, 8)],
                counted: 1000,
                in_flight: 1000,
                long_run: [1000, 10_000, 100_000],
            }
        }
    }
}
