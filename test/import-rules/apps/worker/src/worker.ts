// breaks: nothing
export const worker = 'worker';
