// breaks: domain-packages
import { hostname } from 'node:os';

export const thing = hostname;
