import { BlockList, isIP } from "node:net";

/** Addresses that are nobody else's: this machine, the local network, and what is reserved (RFC 6890). */
const CLOSED = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  CLOSED.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  CLOSED.addSubnet(network, prefix, "ipv6");
}

/** Is this IP address one that a stranger could be reached at? IPv4 in IPv6 clothes counts as what it is. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  if (family === 0 || /^::ffff:/i.test(plain)) return false;
  return !CLOSED.check(plain, family === 6 ? "ipv6" : "ipv4");
}

export type AddressProblem = "NOT_AN_ADDRESS" | "NOT_HTTP" | "HAS_CREDENTIALS" | "NOT_PUBLIC";

/** Why something may not be sent there, as far as the address itself says; names are looked at again when it is sent. */
export function addressProblem(raw: string, allowPrivate: boolean): AddressProblem | null {
  if (!URL.canParse(raw)) return "NOT_AN_ADDRESS";
  const url = new URL(raw);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "NOT_HTTP";
  if (url.username || url.password) return "HAS_CREDENTIALS";
  const host = url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (allowPrivate) return null;
  if (isIP(host)) return isPublicAddress(host) ? null : "NOT_PUBLIC";
  const local = host === "localhost" || /\.(localhost|local|internal|home\.arpa)$/.test(host) || !host.includes(".");
  return local ? "NOT_PUBLIC" : null;
}
