import type { Tokens } from "marked"
import { memo } from "react"
import { inline } from "./inline-view"

/** A table in a box of its own that scrolls, also by keyboard. */
export function TableView({ table }: { table: Tokens.Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="md-table" aria-label="Table" tabIndex={0}>
      <table dir="auto">
        <thead>
          <Row cells={table.header} />
        </thead>
        <tbody>
          {table.rows.map((cells, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever added at the end
            <Row key={index} cells={cells} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Row = memo(function Row({ cells }: { cells: Tokens.TableCell[] }) {
  return (
    <tr>
      {cells.map((cell, index) => {
        // A header that says nothing heads nothing.
        const Cell = cell.header && cell.text !== "" ? "th" : "td"
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
          <Cell key={index} data-align={cell.align ?? undefined}>
            {inline(cell.tokens)}
          </Cell>
        )
      })}
    </tr>
  )
})
