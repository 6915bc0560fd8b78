import { describe, expect, it } from 'vitest';
import { checkPublicUrl } from '../../../src/renderer/src/format/public-url.ts';

describe('checkPublicUrl', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['https://scim.example.com', 'https://scim.example.com'],
    ['https://scim.example.com/', 'https://scim.example.com'],
    ['http://10.0.0.5:7643', 'http://10.0.0.5:7643'],
    ['HTTPS://Scim.Example.com:443', 'https://scim.example.com'],
  ])('takes %j as %j', (text, url) => {
    expect(checkPublicUrl(text)).toEqual({ url, problem: null });
  });

  it.each([
    ['scim.example.com', /scheme/],
    ['ftp://scim.example.com', /https/],
    ['https://scim.example.com/scim/v2', /path/],
    ['https://scim.example.com?x=1', /path/],
    ['https://mia:pw@scim.example.com', /password/],
  ])('refuses %j and says why', (text, why) => {
    const { url, problem } = checkPublicUrl(text);
    expect(url).toBeNull();
    expect(problem).toMatch(why);
  });
});
