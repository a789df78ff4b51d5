/** Puts the cursor where one writes, behind what stands there. */
export function focusComposer(): void {
  const box = document.querySelector<HTMLTextAreaElement>("form textarea[name=message]")
  if (!box) return
  box.focus()
  box.setSelectionRange(box.value.length, box.value.length)
}
