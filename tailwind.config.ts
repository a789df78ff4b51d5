import type { Config } from "tailwindcss"
import plugin from "tailwindcss/plugin"

// The look of Polylogue: colors, type, space, corners and motion, light and dark. Nothing else names a value.

/** Each color in the light and in the dark. */
const colors = {
  paper: ["oklch(0.985 0.004 85)", "oklch(0.185 0.006 70)"],
  raised: ["oklch(1 0 0)", "oklch(0.225 0.007 70)"],
  sunken: ["oklch(0.955 0.006 85)", "oklch(0.155 0.006 70)"],
  hover: ["oklch(0.935 0.007 85)", "oklch(0.26 0.008 70)"],
  ink: ["oklch(0.24 0.01 70)", "oklch(0.93 0.006 85)"],
  "ink-2": ["oklch(0.43 0.012 70)", "oklch(0.76 0.008 80)"],
  "ink-3": ["oklch(0.49 0.012 70)", "oklch(0.64 0.008 80)"],
  line: ["oklch(0.9 0.006 85)", "oklch(0.3 0.007 70)"],
  accent: ["oklch(0.5 0.11 245)", "oklch(0.75 0.1 245)"],
  "on-accent": ["oklch(0.99 0 0)", "oklch(0.18 0.02 245)"],
  good: ["oklch(0.5 0.11 150)", "oklch(0.75 0.12 150)"],
  warn: ["oklch(0.52 0.11 70)", "oklch(0.8 0.11 75)"],
  bad: ["oklch(0.52 0.17 27)", "oklch(0.72 0.14 25)"],
} as const

const lightDark = ([light, dark]: readonly [string, string]) => `light-dark(${light}, ${dark})`

/** What a browser needs to choose between the two, and style sheets to name a color. */
const variables = {
  ":root": {
    "color-scheme": "light dark",
    ...Object.fromEntries(
      Object.entries(colors).map(([name, pair]) => [`--${name}`, lightDark(pair)]),
    ),
    "--veil": "oklch(0.15 0.006 70 / 0.4)",
    "--float": [
      `0 1px 2px ${lightDark(["oklch(0.24 0.01 70 / 0.06)", "oklch(0 0 0 / 0.3)"])}`,
      `0 10px 30px ${lightDark(["oklch(0.24 0.01 70 / 0.1)", "oklch(0 0 0 / 0.45)"])}`,
    ].join(", "),
    "--default-transition-duration": "120ms",
  },
  ':root[data-theme="light"]': { "color-scheme": "light" },
  ':root[data-theme="dark"]': { "color-scheme": "dark" },
}

const size = (px: number, linePx: number): [string, { lineHeight: string }] => [
  `${px}px`,
  { lineHeight: `${linePx}px` },
]

export default {
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      veil: "var(--veil)",
      ...Object.fromEntries(Object.keys(colors).map((name) => [name, `var(--${name})`])),
    },
    extend: {
      fontSize: {
        xs: size(12, 16),
        sm: size(13, 18),
        base: size(14, 20),
        lg: size(16, 26),
        xl: size(18, 26),
        "2xl": size(22, 30),
        "3xl": size(28, 36),
      },
      // The reading column of 44rem and its edges.
      spacing: { column: "46rem" },
      borderRadius: { sm: "4px", md: "6px", lg: "10px" },
      boxShadow: { float: "var(--float)" },
      animation: {
        breathe: "breathe 2.4s ease-in-out infinite",
        open: "open 180ms ease-out",
        slide: "slide 180ms ease-out",
      },
      keyframes: {
        breathe: { "50%": { opacity: "0.3" } },
        open: { from: { opacity: "0", transform: "translateY(4px)" } },
        slide: { from: { transform: "translateX(var(--slide-from, -100%))" } },
      },
    },
  },
  plugins: [plugin(({ addBase }) => addBase(variables))],
} satisfies Config
