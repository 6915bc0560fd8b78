import fc from 'fast-check';

// That a property fails is enough to notice a mutant; nobody reads the smallest counterexample.
fc.configureGlobal({ endOnFailure: true });
