import type { Step } from '../test-steps.ts';
import { fuzzProof } from './fuzz.ts';
import { mutationProof } from './mutation.ts';
import { sequencesProof } from './sequences.ts';
import { soakProof } from './soak.ts';
import { suitesProof } from './suites.ts';

/** The proofs that take too long for `npm test`, in the order in which they run. */
export const proofs: readonly Step[] = [fuzzProof, sequencesProof, soakProof, suitesProof, mutationProof];
