/** Style sheets are imported for their effect: esbuild collects them into one file beside the script. */
declare module '*.css';
