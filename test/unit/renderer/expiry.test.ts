import { describe, expect, it } from 'vitest';
import { expiryDays } from '../../../src/renderer/src/features/identity-setup/token/expiry.ts';

describe('expiryDays', () => {
  it('never expires unless the admin chooses so (M8)', () => {
    expect(expiryDays('never', 180)).toBeNull();
    expect(expiryDays('90', 180)).toBe(90);
  });

  it('takes a custom number of days within the contract', () => {
    expect(expiryDays('custom', 1)).toBe(1);
    expect(expiryDays('custom', 3650)).toBe(3650);
    for (const wrong of [0, 3651, 1.5, '', 'x']) expect(expiryDays('custom', wrong)).toBeUndefined();
  });
});
