-- Tickets that came by the website, a text message or WeChat say so (RD-12: 集电话、网站、短信、微信等受理功能于一体).
alter table tickets drop constraint tickets_channel_check,
  add constraint tickets_channel_check check (channel in ('phone', 'voiceMessage', 'website', 'sms', 'wechat', 'other')) not valid;
