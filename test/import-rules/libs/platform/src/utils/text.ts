// breaks: nothing
export const text = '';
