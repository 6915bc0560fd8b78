import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer that is not false; gives up after 200 times. What it waits for is a state, never a length of time. */
export async function poll<T>(
  ask: () => T | false | undefined | Promise<T | false | undefined>,
  what: string,
): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await sleep(25);
  }
  throw new Error(`waited in vain for ${what}`);
}
