// breaks: application-packages
import { Pool } from 'pg';

export const sql = Pool;
