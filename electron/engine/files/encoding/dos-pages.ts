/** The upper halves of the code pages of DOS, which Node does not decode. */
const pages: Readonly<Record<string, string>> = {
  437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  852: 'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
};

/** The name of a code page of DOS: cp850, ibm850; undefined for other encodings. */
const pageOf = (encoding: string): string | undefined =>
  pages[/^(?:cp|ibm)-?(\d{3})$/i.exec(encoding)?.[1] ?? ''];

interface TextReader {
  decode(bytes: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/** Decodes bytes by the name of their encoding, those of DOS too. */
export function textDecoder(encoding: string, ignoreBOM = false): TextReader {
  const page = pageOf(encoding);
  if (!page) return new TextDecoder(encoding === 'latin-1' ? 'latin1' : encoding, { ignoreBOM });
  const signOf = (byte: number) => (byte < 0x80 ? String.fromCharCode(byte) : (page[byte - 0x80] as string));
  return { decode: (bytes) => Array.from(bytes, signOf).join('') };
}
