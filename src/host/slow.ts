const slowMs = 5_000;

/** Waits for `work`. After 5 seconds it shows that the secret storage does not answer; cancelling rejects as `cancelled`. */
export async function whileShowingSlow<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, slowMs);
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), slow]);
    return first ? first.value : await (await import('./slowStorage.ts')).showWaiting(work);
  } finally {
    clearTimeout(timer);
  }
}
