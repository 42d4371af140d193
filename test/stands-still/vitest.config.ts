import { defineConfig } from 'vitest/config';
import { Standstill } from '../standstill.ts';

export default defineConfig({ test: { root: import.meta.dirname, include: ['*.fixture.ts'], pool: 'forks', testTimeout: 500, reporters: [new Standstill(3000)] } });
