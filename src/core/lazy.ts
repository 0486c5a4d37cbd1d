/** Calls `load` on first use and returns its result ever after. A failure is not kept: the next use tries again. */
export function lazy<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (!loaded) {
      const loading = load();
      loading.catch(() => (loaded = undefined));
      loaded = loading;
    }
    return loaded;
  };
}
