/** What it takes to speak to VPS.org, read in with the first request: the client, and node-fetch to send with. */
export { createServersApi } from './api/client.ts';
export { default as fetch } from 'node-fetch';
