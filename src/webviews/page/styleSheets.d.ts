/** esbuild collects the imported style sheets of a page into one file beside its script. */
declare module '*.css';
