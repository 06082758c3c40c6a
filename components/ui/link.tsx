import NextLink from "next/link";
import type { ComponentProps } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style";
import { classNames } from "./class-names";

type LinkProps = ComponentProps<typeof NextLink>;

/** A link in running text or a cell: accent, underlined when pointed at; `quiet` reads as text until then. */
export function TextLink({ className, quiet, ...rest }: LinkProps & { quiet?: boolean }) {
  return (
    <NextLink
      className={classNames(
        "rounded-sm underline-offset-3 hover:underline",
        quiet ? "text-ink" : "text-accent underline decoration-line",
        className,
      )}
      {...rest}
    />
  );
}

export function ButtonLink({ variant, className, ...rest }: LinkProps & { variant?: ButtonVariant }) {
  return <NextLink className={buttonStyle(variant, className)} {...rest} />;
}
