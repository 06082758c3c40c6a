import { isPermitted, type Permission, type Role } from "@/lib/auth/permissions";

export type Place = {
  href: string;
  label: string;
  /** After `g`. */
  key: string;
  permission: Permission;
};

const PLACES: readonly Place[] = [
  { href: "/", label: "Desk", key: "d", permission: "venture:read" },
  { href: "/inbox", label: "Inbox", key: "i", permission: "memo:read" },
  { href: "/ventures", label: "Ventures", key: "v", permission: "venture:read" },
  { href: "/portfolio", label: "Portfolio", key: "p", permission: "venture:read" },
  { href: "/reports", label: "Reports", key: "o", permission: "report:read" },
  { href: "/record", label: "Record", key: "r", permission: "audit:read" },
  { href: "/settings", label: "Settings", key: "s", permission: "account:self" },
];

/** Only what the role may open; the page itself asks again. */
export const placesFor = (role: Role): Place[] => PLACES.filter((place) => isPermitted(role, place.permission));

/** Where a role starts: the first place that it may open. */
export const homeOf = (role: Role): string => placesFor(role)[0]?.href ?? "/settings";

export const isCurrent = (place: Place, pathname: string): boolean =>
  place.href === "/" ? pathname === "/" : pathname === place.href || pathname.startsWith(`${place.href}/`);
