"use client";

import NextLink, { useLinkStatus } from "next/link";
import { type ComponentProps, type FocusEvent, type PointerEvent, type TouchEvent, useRef, useState } from "react";

/** Someone who rests on a link is about to follow it; who only passes over it is not. */
const RESTING_MS = 70;

type LinkProps = ComponentProps<typeof NextLink>;

/**
 * A link of the application. Its page is made ready when one rests on the link, comes to it by keyboard or touches it:
 * a page full of links in view asks the server for none of theirs.
 */
export function AppLink({
  prefetch,
  children,
  onPointerEnter,
  onPointerLeave,
  onFocus,
  onTouchStart,
  ...rest
}: LinkProps) {
  const [near, setNear] = useState(false);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const come = () => {
    clearTimeout(resting.current);
    resting.current = setTimeout(() => setNear(true), RESTING_MS);
  };
  return (
    <NextLink
      {...rest}
      prefetch={near ? (prefetch ?? null) : false}
      onPointerEnter={(event: PointerEvent<HTMLAnchorElement>) => {
        onPointerEnter?.(event);
        come();
      }}
      onPointerLeave={(event: PointerEvent<HTMLAnchorElement>) => {
        onPointerLeave?.(event);
        clearTimeout(resting.current);
      }}
      onFocus={(event: FocusEvent<HTMLAnchorElement>) => {
        onFocus?.(event);
        come();
      }}
      onTouchStart={(event: TouchEvent<HTMLAnchorElement>) => {
        onTouchStart?.(event);
        setNear(true);
      }}
    >
      {children}
      <Following />
    </NextLink>
  );
}

/** Seen at once by whoever clicked, before the server has answered. */
function Following() {
  const { pending } = useLinkStatus();
  return pending ? <span data-following aria-hidden="true" /> : null;
}
