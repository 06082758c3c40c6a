import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function DeskLoading() {
  return (
    <div className="pt-2">
      <SkeletonLines lines={12} label="The page is loading" />
    </div>
  );
}
