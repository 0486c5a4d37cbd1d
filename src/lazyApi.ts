/** Everything that requests need. Loaded with the first request: the client, node-fetch that it sends with, and its errors' texts. */
export { createServersApi } from './api/client.ts';
export { explainError as explain } from './text/connection.ts';
export { default as fetch } from 'node-fetch';
