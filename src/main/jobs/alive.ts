/** Whether a process of this machine lives, as far as may be seen from here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's: it may not be asked, so it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
