const widest = 160;

/** Whether a stream may be coloured: a terminal, and nobody said NO_COLOR. */
const mayColor = (stream: NodeJS.WriteStream): boolean =>
  process.env.NO_COLOR === undefined && (process.env.FORCE_COLOR !== undefined || stream.isTTY === true);

const columnsOf = (stream: NodeJS.WriteStream): number =>
  Math.min(widest, stream.isTTY ? (stream.columns ?? 80) : 80);

export const stdoutLook = () => ({ color: mayColor(process.stdout), columns: columnsOf(process.stdout) });
export const stderrLook = () => ({ color: mayColor(process.stderr), columns: columnsOf(process.stderr) });
