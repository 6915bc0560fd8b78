import { z } from 'zod';

// The page's policy forbids eval. Zod would try it once to see whether it may, and the try alone is reported as a
// violation; so it is told beforehand. Import this before any schema of the contract.
z.config({ jitless: true });
