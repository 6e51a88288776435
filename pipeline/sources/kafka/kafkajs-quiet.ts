import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const RECHECK_MS = 10;

function scheduleCheck(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const throttled = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttled > 0 ? throttled : RECHECK_MS,
  );
}

/**
 * Repairs the cause of tulios/kafkajs #1751. kafkajs 2.2.4 sets a timer after every response even when no request
 * waits, with a delay of "throttled until" (-1) minus now; Node 24 prints a TimeoutNegativeWarning for it and fires it
 * after 1 ms, whereupon kafkajs sets the next. Only this one method is replaced: the timer is set when something waits,
 * and never for a negative delay. No warning of anybody else is hidden.
 */
export function repairRequestQueue(): void {
  RequestQueue.prototype.scheduleCheckPendingRequests = scheduleCheck;
}

const silent = (): void => undefined;

/** A kafkajs logger that goes nowhere, whatever KAFKAJS_LOG_LEVEL says: its errors reach us as errors. */
export const silentLogger = {
  info: silent,
  error: silent,
  warn: silent,
  debug: silent,
  setLogLevel: silent,
  namespace: (): unknown => silentLogger,
};
