const widest = 160;

/** Whether a stream may be coloured: a terminal, and nobody said NO_COLOR. */
const mayColor = (stream: NodeJS.WriteStream): boolean =>
  process.env.NO_COLOR === undefined && (process.env.FORCE_COLOR !== undefined || stream.isTTY === true);

/** A terminal's own width, else what COLUMNS says: 80 unless told. */
const columnsOf = (stream: NodeJS.WriteStream): number => {
  const asked = Number(process.env.COLUMNS);
  const told = Number.isInteger(asked) && asked >= 40 ? asked : 80;
  return Math.min(widest, stream.isTTY ? (stream.columns ?? told) : told);
};

export const stdoutLook = () => ({ color: mayColor(process.stdout), columns: columnsOf(process.stdout) });
export const stderrLook = () => ({ color: mayColor(process.stderr), columns: columnsOf(process.stderr) });
