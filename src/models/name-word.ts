/** A 32-bit word for a name (FNV-1a over its characters): numbers call sites and workloads apart. */
export function nameWord(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
