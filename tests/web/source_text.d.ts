// C++ read as text, where a test compares its words with those on the screen.
declare module "*.cpp" {
  const text: string;
  export default text;
}
