/** The choices of a token's life; "custom" opens a field for days. */
export const EXPIRY_CHOICES = [
  { value: 'never', label: 'Never' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'custom', label: 'After a number of days…' },
] as const;

export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]['value'];

/** Days until a token expires: null = never, undefined = the custom number is no good. */
export function expiryDays(choice: ExpiryChoice, custom: number | string): number | null | undefined {
  if (choice === 'never') return null;
  if (choice !== 'custom') return Number(choice);
  const valid = typeof custom === 'number' && Number.isInteger(custom) && custom >= 1 && custom <= 3650;
  return valid ? custom : undefined;
}
