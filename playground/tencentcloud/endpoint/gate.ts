import type { Call } from './call';

/** The handle of a `hold` fault. */
export interface Hold {
  /** Resolves with the first call held; never rejects, stays pending if none comes. */
  readonly arrived: Promise<Call>;
  /** Lets every call held go on, and those still to meet this hold; harmless when repeated. */
  release(): void;
}

/** Both sides of a `hold`: the handle for the tester and the waiting room for the endpoint. */
export interface Gate {
  readonly hold: Hold;
  /** Announces `call` and resolves once the gate is released. */
  pass(call: Call): Promise<void>;
}

/** Makes a closed gate. */
export function createGate(): Gate {
  let announce: (call: Call) => void = () => {};
  let open: () => void = () => {};
  const arrived = new Promise<Call>((resolve) => {
    announce = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    hold: { arrived, release: () => open() },
    pass: (call) => {
      announce(call);
      return opened;
    },
  };
}
