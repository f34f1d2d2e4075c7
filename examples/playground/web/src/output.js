// The output of a run: how much of it is kept.

// The page keeps only the last characters of the output, because more text would make it slow.
export const MOST = 200_000;
