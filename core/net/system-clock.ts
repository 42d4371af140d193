import type { Clock } from '../base/ports.ts';

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
    });
  }

  deadline(ms: number, parent: AbortSignal): ReturnType<Clock['deadline']> {
    const controller = new AbortController();
    let expired = false;
    const stop = (): void => { controller.abort(parent.reason); };
    const timer = setTimeout(() => {
      expired = true;
      controller.abort(new Error('deadline'));
    }, ms);
    if (parent.aborted) stop();
    else parent.addEventListener('abort', stop);
    const clear = (): void => {
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    };
    return { signal: controller.signal, expired: () => expired, clear };
  }
}
